"""Who acts for which company: the pages of owners, officials, advisers and accountants."""
