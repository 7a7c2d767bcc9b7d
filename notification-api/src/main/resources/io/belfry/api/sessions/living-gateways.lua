-- The gateways whose last heartbeat is recent enough, by Redis's own clock.

local gateways = KEYS[1]   -- [sorted set] gateway id -> its last heartbeat, milliseconds
local gone_after = ARGV[1] -- [integer] milliseconds

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZRANGEBYSCORE', gateways, string.format('(%.0f', now - gone_after), '+inf')
