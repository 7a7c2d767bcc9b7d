-- Ends the tokens that a user has now, by Redis's own clock, and tells every gateway. A sign-out is never taken back:
-- should the clock go backwards, the later moment stays.

local signed_out = KEYS[1] -- [text] when the user last signed out, milliseconds
local user = ARGV[1]       -- [text] the user's id
local channel = ARGV[2]    -- [text] where gateways listen
local keep = ARGV[3]       -- [integer] milliseconds to remember it, longer than any token lives

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local before = tonumber(redis.call('GET', signed_out) or '0')
local at = string.format('%.0f', math.max(before, now))
redis.call('SET', signed_out, at, 'PX', keep)
redis.call('PUBLISH', channel, user .. ':' .. at)
return at
