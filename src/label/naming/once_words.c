/* once_words.c: what clusters about places are called most of whose customers bought on one day alone, whatever the
 * code: nobody is loyal or a champion by one purchase. */
#include "label/naming/naming.h"

#include <string.h>

#define BY_SPEND(english, chinese)                                                                                     \
    {                                                                                                                  \
        {english ", smaller", "小额" chinese}, {english ", larger", "大额" chinese},                                   \
            {english ", medium", "中额" chinese},                                                                      \
        {                                                                                                              \
            english, chinese                                                                                           \
        }                                                                                                              \
    }
static const char *const words[TSL__ONCE_KINDS][TSL__ONCE_WHENS][TSL__SPENDS][TSL_LANGS] = {
    {BY_SPEND("Once, recent", "近期首购客户"), BY_SPEND("Once, lapsed", "首购流失客户"),
     BY_SPEND("Once, earlier", "早期首购客户"), BY_SPEND("Once", "单次购买客户")},
    {BY_SPEND("Mostly once, recent", "近期客户（多为首购）"), BY_SPEND("Mostly once, lapsed", "流失客户（多为首购）"),
     BY_SPEND("Mostly once, earlier", "早期客户（多为首购）"), BY_SPEND("Mostly once", "客户（多为首购）")},
    {BY_SPEND("One day, recent", "近期单日客户"), BY_SPEND("One day, lapsed", "单日流失客户"),
     BY_SPEND("One day, earlier", "早期单日客户"), BY_SPEND("One day", "单日客户"),
     BY_SPEND("One day, more orders", "单日多单客户"), BY_SPEND("One day, fewer orders", "单日少单客户")},
};

const char *const *tsl__once_words_get(tsl__once_kind kind, tsl__once_when when, tsl__spend spend)
{
    return words[kind][when][spend];
}

const char *const *tsl__once_words_find(const char *base, tsl__spend *spend)
{
    for (int kind = 0; kind < TSL__ONCE_KINDS; kind++) {
        for (int when = 0; when < TSL__ONCE_WHENS; when++) {
            for (int s = 0; s < TSL__SPENDS; s++) {
                const char *const *of = words[kind][when][s];
                if (of[0] && strcmp(of[0], base) == 0) {
                    *spend = (tsl__spend)s;
                    return words[kind][when][TSL__SPEND_MEDIUM];
                }
            }
        }
    }
    return NULL;
}

const char *tsl__once_words_get_longest(const char *name)
{
    const char *longest = NULL;
    for (int way = 0; way < TSL__ONCE_KINDS * TSL__ONCE_WHENS * TSL__SPENDS; way++) {
        const char *of =
            words[way / (TSL__ONCE_WHENS * TSL__SPENDS)][way / TSL__SPENDS % TSL__ONCE_WHENS][way % TSL__SPENDS][0];
        longest = of && strncmp(name, of, strlen(of)) == 0 && (!longest || strlen(of) > strlen(longest)) ? of : longest;
    }
    return longest;
}
