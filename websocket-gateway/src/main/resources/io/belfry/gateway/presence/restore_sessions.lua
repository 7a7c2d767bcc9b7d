-- Makes the sessions that a user has on one gateway exactly those given, keeping the age of those already known.
-- Answers the moment of the user's last sign-out, milliseconds, or nothing.
local sessions = KEYS[1]   -- sorted set: session -> when it was opened
local signed_out = KEYS[2] -- text: milliseconds
local prefix = ARGV[1]     -- [text] <gateway>/
                           -- ARGV[2]... [text] the sessions; none = the gateway has none of this user

local open = {}
local time = redis.call('TIME')
for i = 2, #ARGV do
    open[ARGV[i]] = true
    redis.call('ZADD', sessions, 'NX', time[1] * 1000 + math.floor(time[2] / 1000), ARGV[i])
end
for _, known in ipairs(redis.call('ZRANGE', sessions, 0, -1)) do
    if string.sub(known, 1, #prefix) == prefix and not open[known] then
        redis.call('ZREM', sessions, known)
    end
end
return redis.call('GET', signed_out)
