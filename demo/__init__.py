"""The demo: the bot beside a local workspace, with invented members and a clock that its visitor turns.

`people.toml` says who is there, `seed` brings them where the demo begins by the clicks they would make, `clock` is
the time that can be turned, `demo` puts it all together and `__main__` is the command.
"""
