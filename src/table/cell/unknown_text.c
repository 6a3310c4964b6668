/* unknown_text.c: the texts by which people say that nobody knows. */
#include "table/cell/unknown_text.h"

#include "base/text.h"

int tsl__unknown_is_text(const char *text)
{
    static const char *const unknown[] = {"unknown",     "unk",
                                          "not known",   "n.a.",
                                          "n/a",         "na",
                                          "n.a",         "?",
                                          "??",          "-",
                                          "--",          "don't know",
                                          "dont know",   "don’t know",
                                          "do not know", "not available",
                                          "not stated",  "no answer",
                                          "no data",     "undefined",
                                          "unspecified", "not specified",
                                          "undisclosed", "missing",
                                          "not sure",    "unsure",
                                          "unclear",     "未知",
                                          "不详",        "不清楚",
                                          "不知道",      "不明",
                                          "不确定",      "未填",
                                          "未填写",      "未提供",
                                          "缺失",        "无数据",
                                          "无回答",      "？"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        if (tsl__is_same_folded(text, unknown[i])) {
            return 1;
        }
    }
    return 0;
}
