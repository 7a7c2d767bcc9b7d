-- Ends the tokens that a user has now and tells every gateway: those issued before this second by Redis's own clock, and
-- those that were seen, whatever clock they are from. A token of this second that was not seen may be of a sign-in after it. A
-- sign-out is never taken back: should the clock go backwards, the later moment stays.

local signed_out = KEYS[1]           -- [text] tokens issued before are refused, milliseconds
local newest_token = KEYS[2]         -- [text] the latest `iat` that gateways have seen, milliseconds
local user = ARGV[1]                 -- [text] the user's id
local channel = ARGV[2]              -- [text] where gateways listen
local keep = ARGV[3]                 -- [integer] milliseconds to remember it, longer than any token lives
local issued_at = tonumber(ARGV[4])  -- [integer] `iat` of the token that signs its own user out, milliseconds; -1 = another's
local most_ahead = tonumber(ARGV[5]) -- [integer] milliseconds that an issuer's clock may be fast

local second = redis.call('TIME')[1] * 1000
local before = tonumber(redis.call('GET', signed_out) or '0')
local newest = tonumber(redis.call('GET', newest_token) or '-1')
if issued_at - second <= most_ahead then
    newest = math.max(newest, issued_at)
end
local at = string.format('%.0f', math.max(before, second, newest + 1))
redis.call('SET', signed_out, at, 'PX', keep)
redis.call('PUBLISH', channel, user .. ':' .. at)
return at
