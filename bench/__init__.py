"""What the bot costs, measured on this machine in one run: `python -m bench`, or `make bench`.

Every line stands against something measured in the same run, or against a bound in seconds, since the absolute numbers
of one machine say little about another. Bot, workspace and load run in processes of their own, on loopback.
"""
