"""From raw input to checked, typed input: one door to WTForms; nothing here reads the request."""
