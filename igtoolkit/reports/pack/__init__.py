"""The board pack of a submission: its page, speaking notes, questions to ask, and why each status; PDF and Word."""
