-- What wrk sends, and its report as one line of JSON.
--
-- BENCHMARK_COOKIE: the Cookie header. BENCHMARK_BODY: a file with the body of a POST, in which each
-- request gets 32 random hexadecimal digits of its own in place of BENCHMARK_MARK; without it, GET.

local cookie = os.getenv("BENCHMARK_COOKIE") or ""
local bodyPath = os.getenv("BENCHMARK_BODY")
local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("wrong", 0)
end

function init(arguments)
    wrk.headers["Cookie"] = cookie
    if not bodyPath then return end
    local random = io.open("/dev/urandom", "rb")
    local a, b, c, d = random:read(4):byte(1, 4)
    random:close()
    math.randomseed(((a * 256 + b) * 256 + c) * 128 + d)
    local file = io.open(bodyPath, "rb")
    local body = file:read("*a")
    file:close()
    wrk.headers["Content-Type"] = os.getenv("BENCHMARK_TYPE")
    local whole = wrk.format("POST", nil, nil, body)
    local first, last = whole:find(os.getenv("BENCHMARK_MARK"), 1, true)
    before, after = whole:sub(1, first - 1), whole:sub(last + 1)
    request = post
    response = check
end

function post()
    local digits = {}
    for i = 1, 8 do digits[i] = string.format("%04x", math.random(0, 65535)) end
    return before .. table.concat(digits) .. after
end

-- An answer counts when the case was saved: 303 to the case, not to the log-in.
function check(status, headers)
    local place = headers["Location"] or headers["location"] or ""
    if status ~= 303 or not place:find("/cases/%d+$") then wrong = wrong + 1 end
end

function done(summary, latency)
    local wrongCount = 0
    for _, thread in ipairs(threads) do wrongCount = wrongCount + thread:get("wrong") end
    local errors = summary.errors
    print(string.format(
        'REPORT {"requests": %d, "seconds": %f, "mean": %f, "p50": %f, "p99": %f, "wrong": %d}',
        summary.requests, summary.duration / 1e6, latency.mean / 1000,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        wrongCount + (bodyPath and 0 or errors.status)
        + errors.connect + errors.read + errors.write + errors.timeout))
end
