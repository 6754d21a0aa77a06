// k6 run -e BASE_URL=http://localhost:8080 load/login.js
import http from 'k6/http';
import { check, sleep } from 'k6';

const baseUrl = __ENV.BASE_URL || 'http://localhost:8080';
const json = { headers: { 'Content-Type': 'application/json' } };
const password = 'correct-horse-battery';

// BCrypt is meant to be slow: a few users who come and go, not a flood.
export const options = {
  scenarios: {
    login: { executor: 'constant-vus', vus: 10, duration: '1m' },
  },
  thresholds: {
    'http_req_duration{name:login}': ['p(95)<500'],
    http_req_failed: ['rate<0.01'],
  },
};

export function setup() {
  const emails = [];
  for (let i = 0; i < options.scenarios.login.vus; i++) {
    const email = `load-${Date.now()}-${i}@example.com`;
    const response = http.post(
      `${baseUrl}/api/auth/register`,
      JSON.stringify({ email, displayName: `load-${i}`, password }),
      json,
    );
    check(response, { registered: (r) => r.status === 201 });
    emails.push(email);
  }
  return emails;
}

export default function login(emails) {
  const email = emails[(__VU - 1) % emails.length];
  const response = http.post(`${baseUrl}/api/auth/login`, JSON.stringify({ email, password }), {
    ...json,
    tags: { name: 'login' },
  });
  check(response, {
    'signed in': (r) => r.status === 200,
    'has a token': (r) => r.status === 200 && r.json('token') !== undefined,
  });
  sleep(1);
}
