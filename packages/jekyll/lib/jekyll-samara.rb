# frozen_string_literal: true

require "jekyll"

# Samara in Jekyll: `{% samara %}` where the search is to stand; it is built when the site is.
module JekyllSamara
  REMEDY = "install the command, as in `npm install --global samara-search` or `pipx install samara-search`, or name it in " \
           "_config.yml as samara.command"

  # What the site says of it in _config.yml.
  def self.options(site)
    { "bundle" => "samara", "command" => "samara", "arguments" => [] }.merge(site.config["samara"] || {})
  end

  # The script and the element; what stands in the tag are attributes of the element.
  class Tag < Liquid::Tag
    def initialize(name, attributes, tokens)
      super
      @attributes = attributes.strip.empty? ? 'mode="modal"' : attributes.strip
    end

    def render(context)
      site = context.registers[:site]
      base = site.config["baseurl"].to_s.chomp("/")
      %(<script src="#{base}/#{JekyllSamara.options(site)["bundle"]}/samara.js" defer></script><samara-search #{@attributes}></samara-search>)
    end
  end

  # Builds the search of a site that was written.
  def self.build(site)
    options = options(site)
    target = File.join(site.dest, options["bundle"])
    words = [*options["command"], "build", site.dest, "--output", target, "--quiet", *options["arguments"]]
    done = system(*words.map(&:to_s))
    raise Jekyll::Errors::FatalException, "samara: `#{words.first}` was not found; #{REMEDY}" if done.nil?
    raise Jekyll::Errors::FatalException, "samara: the search was not built; the reason stands above" unless done
  end
end

Liquid::Template.register_tag("samara", JekyllSamara::Tag)

# Jekyll deletes what it did not write, and would find no search while it builds again.
Jekyll::Hooks.register(:site, :after_init) { |site| site.keep_files |= [JekyllSamara.options(site)["bundle"]] }
Jekyll::Hooks.register(:site, :post_write) { |site| JekyllSamara.build(site) }
