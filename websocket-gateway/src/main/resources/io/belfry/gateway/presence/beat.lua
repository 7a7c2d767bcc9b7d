-- Says that a gateway lives, by Redis's own clock.
-- Answers {1 if it counted as gone until now or was unknown, else 0, gateways that are gone...}.
local gateways = KEYS[1]             -- sorted set: gateway -> its last heartbeat
local gateway = ARGV[1]              -- [text] this gateway
local gone_after = tonumber(ARGV[2]) -- [number] milliseconds

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = redis.call('ZSCORE', gateways, gateway)
local answer = {'0'}
if not last or tonumber(last) < now - gone_after then
    answer[1] = '1'
end
redis.call('ZADD', gateways, now, gateway)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', gateways, '-inf', '(' .. (now - gone_after))) do
    table.insert(answer, gone)
end
return answer
