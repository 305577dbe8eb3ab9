"""What pages of other rooms may show of a plan."""
