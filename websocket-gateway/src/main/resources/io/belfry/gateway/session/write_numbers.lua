-- Writes down the numbers of users' inboxes, none over a higher seq of the same epoch. One that is there already keeps
-- its time to live.
-- KEYS = text per user: <epoch>:<seq>:<unread>
local time_to_live = ARGV[1] -- [number] milliseconds
                             -- ARGV[2]... [text, number, number] epoch, seq and unread of each key

for i, key in ipairs(KEYS) do
    local epoch, seq, unread = ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1]
    local known_epoch, known_seq = string.match(redis.call('GET', key) or '', '^(.*):(%d+):%d+$')
    if known_epoch ~= epoch or tonumber(known_seq) < tonumber(seq) then
        redis.call('SET', key, epoch .. ':' .. seq .. ':' .. unread, 'PX', time_to_live)
    end
end
