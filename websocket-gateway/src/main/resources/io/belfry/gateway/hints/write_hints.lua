-- Writes the hints of users' inboxes, none over a higher seq of the same epoch. One that is there already keeps
-- its time to live.
-- KEYS = text per user: <epoch>:<seq>:<unread>
local time_to_live = ARGV[1] -- [number] milliseconds
local epoch = ARGV[2]        -- [text]
                             -- ARGV[3]... [number, number] seq and unread of each key

local known = redis.call('MGET', unpack(KEYS))
for i, key in ipairs(KEYS) do
    local seq, unread = ARGV[2 * i + 1], ARGV[2 * i + 2]
    local known_epoch, known_seq = string.match(known[i] or '', '^(.*):(%d+):%d+$')
    if known_epoch ~= epoch or tonumber(known_seq) < tonumber(seq) then
        redis.call('SET', key, epoch .. ':' .. seq .. ':' .. unread, 'PX', time_to_live)
    end
end
