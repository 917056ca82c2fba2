"""The endpoints: one file each, with what is asked, what is answered, and an example."""
