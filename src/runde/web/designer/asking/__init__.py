"""The form builder: what applicants are asked, when, in which words, and with which checks."""
