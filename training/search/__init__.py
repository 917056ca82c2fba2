"""Search: settings tried on a budget, held against simpler ways, and chosen by a rule."""
