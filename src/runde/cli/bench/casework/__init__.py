"""Case work at three sizes: the list, a case, and past cases judged again."""
