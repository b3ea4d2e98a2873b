-- One line of JSON when the load ends: times in microseconds.
done = function(summary, latency, requests)
  local errors = summary.errors
  local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"requests":%d,"micros":%d,"p50":%d,"p95":%d,"bad":%d,"bytes":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), bad, summary.bytes))
end
