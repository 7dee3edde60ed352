# Installs what package.json names into the build folder, once, as package-lock.json pins it; sets
# `modules` to the folder. usage: . install.sh BUILD_DIR
for command in node npm; do
  command -v $command >/dev/null || { echo "$command is missing: scripts/setup --tests"; exit 1; }
done
modules=$1/tests/npm
{
  flock 9 # tests run side by side
  from=$(dirname "${BASH_SOURCE[0]}")
  if ! cmp -s "$from/package-lock.json" "$modules/installed"; then
    rm -rf "$modules" && mkdir -p "$modules"
    cp "$from/package.json" "$from/package-lock.json" "$modules"
    (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund >log 2>&1) || {
      cat "$modules/log"
      echo "what the tests need can't be installed: is the package registry within reach?"
      exit 1
    }
    cp "$from/package-lock.json" "$modules/installed"
  fi
} 9>"$1/tests/npm.lock"
