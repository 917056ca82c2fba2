"""Who may: who asks is made certain, and a policy text decides what they may do."""
