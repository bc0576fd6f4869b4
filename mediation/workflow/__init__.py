"""The book of law: stages, transitions, guards, papers and periods as rows. Knows neither web nor database."""
