-- Takes a gateway off the list if it is still gone. Answers 1 if it was taken off.
local gateways = KEYS[1]             -- sorted set: gateway -> its last heartbeat
local gateway = ARGV[1]              -- [text] the gateway
local gone_after = tonumber(ARGV[2]) -- [number] milliseconds

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = redis.call('ZSCORE', gateways, gateway)
if last and tonumber(last) < now - gone_after then
    return redis.call('ZREM', gateways, gateway)
end
return 0
