"""Setting text: shaping, line breaking, fitting, balance. Pure: from a text, fonts and a box to glyphs in place."""
