/* outcome_names.c: which columns of the customers tell an outcome, by what they are
 * called: a table of words. */
#include "feature/words/outcome_names.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define NAME_BYTES 256

/* Lists of words divided by "|". The names are in lower case, words between single spaces; of names with Chinese
 * characters without spaces. */
typedef enum rule_kind {
    WORD,      /* one of the words stands in the name, and of the second list none, but beside one of the third */
    WHOLE,     /* the whole name */
    CORE,      /* likewise, without a word before it and one behind it that say of whom, and that it is a yes or no */
    ZH_INSIDE, /* stands anywhere */
    ZH_BEGINS, /* the name begins so */
    ZH_PAIR,   /* one of the first list and one of the second behind it, anywhere */
    ZH_CORE    /* the whole name, without what says that it is a yes or no */
} rule_kind;

typedef struct rule {
    rule_kind kind;
    int two; /* 1: only of a column of two values */
    const char *words, *second, *third;
} rule;

#define WHOLE_NAMES                                                                                                    \
    "target|label|outcome|response|responded|responder|converted|conversion|target variable|target label|"             \
    "class label|response flag|ground truth|dependent variable"

static const rule latin[] = {
    /* what is told of those who left alone says it, too */
    {WORD, 0, "churn|churned|churner|churners|attrition|attrited|exited|propensity", "days|month|months",
     "reason|category|date"},
    {WORD, 0, "predicted|prediction|proba", "", ""},
    {WHOLE, 0, WHOLE_NAMES, "", ""},
    {CORE, 0, "responded|converted", "", ""},
    {CORE, 1, WHOLE_NAMES, "", ""},
    {WHOLE, 1, "y", "", ""}, /* of numbers it may be a place */
    {CORE, 1,
     "default|defaulted|defaulter|default flag|default payment next month|default payment|loan default|bad|good bad|"
     "risk flag|deposit|term deposit|subscribed|subscription|unsubscribed|canceled|cancelled|cancellation|purchased|"
     "bought|buy|purchase|accepted|approved|survived|fraud|fraudulent|lapsed|left|closed|retained|renewed|renewal|"
     "reactivated|dropout|clicked|won|lost|quit|dlq|serious dlqin2yrs|seriousdlqin2yrs|loan status|reordered|"
     "repurchased|bankrupt|revenue",
     "", ""},
};
static const char before[] = "is|has|was|did|will|flag|customer|client|user|account|if";
static const char behind[] = "flag|yn|y n|ind|indicator|status|label|value|target|01|binary|next month|class";

static const rule chinese[] = {
    {ZH_INSIDE, 0, "流失", "", ""},
    {ZH_CORE, 0, "目标|目标变量|目标列|标签|标签列|因变量|响应|转化|离网|销户", "", ""},
    {ZH_PAIR, 0, "转化|响应|违约|购买|离网|续费|复购", "概率|倾向|评分|预测", ""},
    {ZH_INSIDE, 0, "购买意向概率", "", ""},
    {ZH_BEGINS, 0, "预测", "", ""},
    {ZH_CORE, 1,
     "购买|下单|成交|响应|转化|违约|逾期|退订|退货|注销|取消|取消订单|离网|离开|离职|留存|续费|续约|续保|复购|回购|"
     "办理|开户|"
     "订阅|认购|申购|参与|接受|中奖|欺诈|存款|定期存款|点击|激活|沉默|破产|获批|通过",
     "", ""},
};
/* How much, how often, when and why are no outcomes. */
static const char zh_innocent[] = "次数|天数|金额|日期|时间|时长|数量|笔数|频次|频率|渠道|原因|历史";
static const char zh_asks[] = "是否|有无|会否|已", zh_then[] = "已|会|将",
                  zh_behind[] = "标志|标识|标记|状态|与否|标签";

/* Values of a category that make it one, and those that say yes to what it is named for. */
static const char left[] = "churn|churned|exited|attrited|attrited customer|defaulted|流失|已流失|流失客户|已离网|违约";
static const char yes[] = "yes|y|true|1|responded|accepted|converted|bought|purchased|subscribed|是|有|已购买|已响应";

/* ---- Lists --------------------------------------------------------------------- */

/* The next word of a list and its length; NULL at the end. */
static const char *next_word(const char **list, size_t *length)
{
    const char *word = *list;
    if (!*word) {
        return NULL;
    }
    *length = strcspn(word, "|");
    *list = word + *length + (word[*length] == '|');
    return word;
}

static int is_in(const char *list, const char *text, size_t n)
{
    size_t length;
    for (const char *word; (word = next_word(&list, &length));) {
        if (length == n && strncmp(word, text, n) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The longest word of the list that the text begins with, or ends with: its length; 0: none. */
static size_t match_end(const char *list, const char *text, size_t n, int at_end)
{
    size_t length, longest = 0;
    for (const char *word; (word = next_word(&list, &length));) {
        if (length <= n && length > longest && strncmp(at_end ? text + n - length : text, word, length) == 0) {
            longest = length;
        }
    }
    return longest;
}

/* One of the words stands in the text: the place behind it, or NULL. */
static const char *find_any(const char *list, const char *text)
{
    for (; *text; text++) {
        const size_t length = match_end(list, text, strlen(text), 0);
        if (length) {
            return text + length;
        }
    }
    return NULL;
}

/* ---- Names -------------------------------------------------------------------------- */

/* A character from U+4E00 to U+9FFF begins here. */
static int is_han(const char *text)
{
    const unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1];
    return (a == 0xE4 && b >= 0xB8) || (a >= 0xE5 && a <= 0xE9);
}

/* "CustomerChurn_2" -> "customer churn 2"; without spaces where there are Chinese characters: 1. */
static int write_words(const char *name, char out[NAME_BYTES])
{
    size_t at = 0;
    int han = 0, parted = 0;
    for (const char *c = name; *c && at + 4 < NAME_BYTES; c++) {
        const int upper = *c >= 'A' && *c <= 'Z', wide = is_han(c);
        if (!upper && !tsl__is_lower(*c) && !(*c >= '0' && *c <= '9') && !wide) {
            parted = 1;
            continue;
        }
        if (at > 0 && (parted || (upper && c > name && tsl__is_lower(c[-1])))) {
            out[at++] = ' ';
        }
        parted = 0;
        han |= wide;
        out[at++] = (char)(upper ? *c - 'A' + 'a' : *c);
        for (int i = 1; wide && i < 3 && c[1]; i++) { /* the name is UTF-8 */
            out[at++] = *++c;
        }
    }
    out[at] = '\0';
    for (char *from = out, *to = out; han && (*to = *from); from++) {
        to += *from != ' ';
    }
    return han;
}

static int has_word(const char *list, const char *name)
{
    for (size_t n; *name; name += n + (name[n] == ' ')) {
        n = strcspn(name, " ");
        if (is_in(list, name, n)) {
            return 1;
        }
    }
    return 0;
}

/* The whole name, or what is left of it without a word before, and one behind. */
static int is_core(const char *words, const char *name)
{
    size_t n = strlen(name);
    if (is_in(words, name, n)) {
        return 1;
    }
    const size_t first = match_end(before, name, n, 0);
    if (first && name[first] == ' ') {
        name += first + 1;
        n -= first + 1;
    }
    const size_t last = match_end(behind, name, n, 1);
    if (last && n > last && name[n - last - 1] == ' ') {
        n -= last + 1;
    }
    return is_in(words, name, n);
}

static int is_zh_core(const char *words, const char *name)
{
    size_t n = strlen(name);
    for (int i = 0; i < 2; i++) {
        if (is_in(words, name, n)) {
            return 1;
        }
        const size_t first = match_end(i ? zh_then : zh_asks, name, n, 0);
        name += first;
        n -= first;
    }
    return is_in(words, name, n) || is_in(words, name, n - match_end(zh_behind, name, n, 1));
}

static int holds(const rule *of, const char *name)
{
    const char *rest;
    switch (of->kind) {
    case WORD:
        return has_word(of->words, name) && (!has_word(of->second, name) || has_word(of->third, name));
    case WHOLE:
        return is_in(of->words, name, strlen(name));
    case CORE:
        return is_core(of->words, name);
    case ZH_INSIDE:
        return find_any(of->words, name) != NULL;
    case ZH_BEGINS:
        return match_end(of->words, name, strlen(name), 0) > 0;
    case ZH_PAIR:
        for (rest = find_any(of->words, name); rest; rest = find_any(of->words, rest)) {
            if (match_end(of->second, rest, strlen(rest), 0)) {
                return 1;
            }
        }
        return 0;
    case ZH_CORE:
        return is_zh_core(of->words, name);
    }
    return 0;
}

int tsl__outcome_is_named(const char *name, int two, const char *const *level, size_t count)
{
    char words[NAME_BYTES], value[NAME_BYTES];
    const int han = write_words(name, words);
    const rule *of = han ? chinese : latin;
    if (han && find_any(zh_innocent, words)) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        write_words(level[i], value);
        if (is_in(left, value, strlen(value))) {
            return 1;
        }
    }
    for (size_t i = 0; i < (han ? sizeof chinese / sizeof *chinese : sizeof latin / sizeof *latin); i++) {
        if ((two || !of[i].two) && holds(&of[i], words)) {
            return 1;
        }
    }
    return 0;
}

int tsl__outcome_is_level(const char *level)
{
    char value[NAME_BYTES];
    write_words(level, value);
    return is_in(left, value, strlen(value)) || is_in(yes, value, strlen(value));
}
