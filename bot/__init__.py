"""mentorbot: a whole professional mentoring scheme, run where its members already talk."""
