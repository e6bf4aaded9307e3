"""What the applicant does after sending: answers, reads, accepts, writes, appeals and reports."""
