"""What it costs: ratios measured in one run, medians of nine. ``make bench`` prints the table."""
