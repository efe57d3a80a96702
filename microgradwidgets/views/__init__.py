"""Everything that draws, and the only place that imports third-party packages."""
