-- Whether a user has signed out since a token was issued; if not, a later sign-out will end that token whatever clock it is
-- from.
-- Answers 1 when signed out, 0 otherwise.
local signed_out = KEYS[1]           -- text: milliseconds
local newest_token = KEYS[2]         -- text: milliseconds
local issued_at = tonumber(ARGV[1])  -- [number] milliseconds; -1 = the token does not say
local most_ahead = tonumber(ARGV[2]) -- [number] milliseconds that an issuer's clock may be fast

local moment = redis.call('GET', signed_out)
if moment and issued_at < tonumber(moment) then
    return 1
end
local ahead = issued_at - redis.call('TIME')[1] * 1000
if ahead >= 0 and ahead <= most_ahead and issued_at > tonumber(redis.call('GET', newest_token) or '-1') then
    redis.call('SET', newest_token, ARGV[1], 'PX', ahead + 1000)
end
return 0
