project = "The village handbook"
extensions = ["myst_parser", "sphinx_samara"]
html_theme = "furo"
exclude_patterns = ["_build"]
