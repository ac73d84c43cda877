# frozen_string_literal: true

Gem::Specification.new do |gem|
  gem.name = "jekyll-samara"
  gem.version = "0.1.0"
  gem.summary = "Samara search for Jekyll"
  gem.authors = ["The Samara authors"]
  gem.licenses = ["MIT", "Apache-2.0"]
  gem.homepage = "https://github.com/samara-search/samara"
  gem.files = ["lib/jekyll-samara.rb", "README.md"]
  gem.required_ruby_version = ">= 2.7"
  gem.add_runtime_dependency "jekyll", ">= 4.0", "< 5"
end
