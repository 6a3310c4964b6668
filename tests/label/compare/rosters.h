/* rosters.h: runs of a few customers, made by hand. */
#ifndef TESTS_LABEL_COMPARE_ROSTERS_H
#define TESTS_LABEL_COMPARE_ROSTERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/label.h>

#define MAKE_GROUP(code_, en, zh)                                                                                      \
    {                                                                                                                  \
        .code = (char *)(uintptr_t)(code_), .names = {(char *)(uintptr_t)(en), (char *)(uintptr_t)(zh) }               \
    }

static tsl_roster_group segments_then[] = {MAKE_GROUP("CHAMP", "Champions", "冠军"), MAKE_GROUP("ONCE", "Once", "一次"),
                                           MAKE_GROUP("OLD", "Old", "旧")};
static tsl_roster_group tiers[] = {MAKE_GROUP("vip", "VIP", "VIP"), MAKE_GROUP("gold", "Gold", "金卡"),
                                   MAKE_GROUP("normal", "Normal", "普通")};

#endif
