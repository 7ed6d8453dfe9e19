"""For programs: the same answers over HTTP, in OpenAI's form and over MCP, with the guards of a server."""
