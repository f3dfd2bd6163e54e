"""The steps of a request's route, each a module of its own behind one Protocol, and the way from one to the next."""
