"""The pages of the desk: what people open in a browser once they have logged in."""
