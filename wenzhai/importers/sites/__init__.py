"""Articles of sites that other generators make: front matter, shortcodes, links, addresses."""
