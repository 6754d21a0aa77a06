#!/bin/sh
# Registers USERS users and links them into one chain: user i is invited by user (i + 1) / 3.
# usage: load/seed.sh [BASE_URL] [USERS]      needs curl and jq
set -eu

base=${1:-http://localhost:8080}
users=${2:-40}
password=correct-horse-battery
run=$(date +%s)

post() { curl -fsS -X POST "$base$1" -H 'Content-Type: application/json' -H "Authorization: ${3:-}" -d "$2"; }
anonymous() { curl -fsS -X POST "$base$1" -H 'Content-Type: application/json' -d "$2"; }
email() { echo "user-$run-$1@example.com"; }

login() {
  token=$(anonymous /api/auth/login "{\"email\":\"$(email "$1")\",\"password\":\"$password\"}" | jq -r .token)
  echo "Bearer $token"
}

register() {
  anonymous /api/auth/register \
    "{\"email\":\"$(email "$1")\",\"displayName\":\"user-$1\",\"password\":\"$password\"}" >/dev/null
}

# The user of the login scenario in performance.yaml; an earlier run may have registered it.
anonymous /api/auth/register \
  "{\"email\":\"load@example.com\",\"displayName\":\"load\",\"password\":\"$password\"}" >/dev/null 2>&1 || true

register 1
i=2
while [ "$i" -le "$users" ]; do
  register "$i"
  ticket=$(post /api/tickets '{}' "$(login $(( (i + 1) / 3 )))" | jq -r .token)
  post /api/tickets/redeem \
    "{\"token\":\"$ticket\",\"countryCode\":\"DE\",\"city\":\"Bremen\",\"latitude\":53.08,\"longitude\":8.8}" \
    "$(login "$i")" >/dev/null
  i=$((i + 1))
done

echo "$users users; the first one:"
echo "  email    $(email 1)"
echo "  password $password"
