"""Sentences of a small general practice, which fit any of its requirements."""

HELD = (
    "Done by the practice manager each spring, and noted in the partners' meeting.",
    "In the staff handbook. Everybody signs when they join and again each April.",
    "Checked with the reception team; two small things were put right on the day.",
    "Covered at the protected learning afternoon. One locum still to sign.",
    "As last year. The partners looked at it again before this return.",
    "Kept in the blue folder in the back office, and on the shared drive.",
    "Our supplier does most of this for us. Their letter is on file.",
)
BELOW = (
    "Begun, but nobody has had the time to finish it. The partners have set a day in the summer.",
    "The policy is written. It has not been gone through with the whole team.",
    "Waiting for the new building: this will be done when we have moved.",
)
