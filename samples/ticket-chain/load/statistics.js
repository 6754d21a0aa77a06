// k6 run -e BASE_URL=http://localhost:8080 load/statistics.js
import http from 'k6/http';
import { check } from 'k6';

const baseUrl = __ENV.BASE_URL || 'http://localhost:8080';

export const options = {
  scenarios: {
    overview: {
      executor: 'constant-arrival-rate',
      exec: 'overview',
      rate: 50,
      timeUnit: '1s',
      duration: '1m',
      preAllocatedVUs: 50,
      maxVUs: 200,
    },
    leaderboard: {
      executor: 'constant-arrival-rate',
      exec: 'leaderboard',
      rate: 10,
      timeUnit: '1s',
      duration: '1m',
      preAllocatedVUs: 20,
      maxVUs: 50,
    },
  },
  thresholds: {
    'http_req_duration{scenario:overview}': ['p(95)<200', 'p(99)<400'],
    'http_req_duration{scenario:leaderboard}': ['p(95)<100'],
    http_req_failed: ['rate<0.01'],
    dropped_iterations: ['count==0'],
  },
};

export function overview() {
  const response = http.get(`${baseUrl}/api/statistics`);
  check(response, { 'has users': (r) => r.status === 200 && r.json('users') >= 0 });
}

export function leaderboard() {
  const response = http.get(`${baseUrl}/api/statistics/leaderboard`);
  check(response, { 'is a list': (r) => r.status === 200 && Array.isArray(r.json()) });
}
