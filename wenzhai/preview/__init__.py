"""The live preview: the pages a build would write, made when a browser asks for them."""
