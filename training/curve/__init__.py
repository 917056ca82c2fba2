"""The learning curve: does an office's own history suffice, or would more of it still help?"""
