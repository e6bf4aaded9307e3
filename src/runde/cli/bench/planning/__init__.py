"""The what-if at full size: 1.1 million made-up companies, a scheme of twelve criteria, and two rivals."""
