-- Adds a session of a user unless its token is older than the user's last sign-out, and takes out the oldest sessions
-- beyond the limit.
-- Answers {1, evicted sessions...}, or {0} when signed out.
local sessions = KEYS[1]            -- sorted set: session -> when it was opened
local signed_out = KEYS[2]          -- text: milliseconds
local newest_token = KEYS[3]        -- text: milliseconds
local session = ARGV[1]             -- [text] <gateway>/<number>
local issued_at = tonumber(ARGV[2]) -- [number] milliseconds; -1 = the token does not say
local limit = tonumber(ARGV[3])     -- [number] sessions of one user
local most_ahead = tonumber(ARGV[4]) -- [number] milliseconds that an issuer's clock may be fast

local moment = redis.call('GET', signed_out)
if moment and issued_at < tonumber(moment) then
    return {'0'}
end
local time = redis.call('TIME')
local ahead = issued_at - time[1] * 1000
if ahead >= 0 and ahead <= most_ahead and issued_at > tonumber(redis.call('GET', newest_token) or '-1') then
    redis.call('SET', newest_token, ARGV[2], 'PX', ahead + 1000)
end
redis.call('ZADD', sessions, time[1] * 1000 + math.floor(time[2] / 1000), session)
local answer = {'1'}
local excess = redis.call('ZCARD', sessions) - limit
if excess > 0 then
    for _, evicted in ipairs(redis.call('ZRANGE', sessions, 0, excess - 1)) do
        redis.call('ZREM', sessions, evicted)
        table.insert(answer, evicted)
    end
end
return answer
