"""What we claim, and how a claim is read: specs, bundles, scores and reasons."""
