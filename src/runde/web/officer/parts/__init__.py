"""What each part of a case's pages shows. `case_parts` lists them."""
