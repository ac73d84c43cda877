#!/usr/bin/env bash
# The Homebrew formula of a release, from its version and its checksums: formula.sh 1.2.3 SHA256SUMS
set -euo pipefail
version=$1 sums=$2

place() { # target → address and checksum
  local name="samara-$version-$1.tar.gz" sum
  sum=$(awk -v name="$name" '$2 == name { print $1 }' "$sums")
  [[ $sum ]] || { echo "$sums names no $name" >&2; exit 1; }
  printf '      url "https://github.com/samara-search/samara/releases/download/v%s/%s"\n      sha256 "%s"\n' "$version" "$name" "$sum"
}

cat <<RUBY
class Samara < Formula
  desc "Full-text search that travels with the page"
  homepage "https://github.com/samara-search/samara"
  version "$version"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
$(place aarch64-apple-darwin)
    end
    on_intel do
$(place x86_64-apple-darwin)
    end
  end

  on_linux do
    on_arm do
$(place aarch64-unknown-linux-musl)
    end
    on_intel do
$(place x86_64-unknown-linux-musl)
    end
  end

  def install
    bin.install "samara", "mdbook-samara"
  end

  test do
    (testpath/"notes/tea.txt").write "Tea\n\nPeppermint dries in the shade."
    system bin/"samara", "build", "notes", "--output", "search"
    assert_match "tea.txt", shell_output("#{bin}/samara search search peppermint")
  end
end
RUBY
