/* words.c: the table of words that place a column in its group, or mark it. */
#include "table/words.h"

#include <stdio.h>
#include <string.h>

#define NAME_BYTES 256

/* Words divided by "|", tried line by line. A word stands for itself, with "*"
 * behind it for every word that begins so; a word of other than ASCII letters
 * may stand anywhere. Several words with spaces stand next to each other. */
static const struct group_line {
    tsl_group group;
    const char *words;
} groups[] = {
    {TSL_DEMOGRAPHIC,
     "income|salary|age|birth*|dob|gender|sex|education*|degree|marital*|married|children|child*|kid*|teen*|home*|"
     "house*|family|country|region|province|state|city|county|district|zip|postal|postcode|occupation|job|profession|"
     "industry|company|employees|language|nationality|religion|收入|年龄|生日|出生|性别|学历|教育|婚姻|子女|孩子|家庭|"
     "省|市|地区|国家|职业|行业"},
    {TSL_VALUE,
     "mnt*|spend*|spent|sales|revenue*|amount*|amt|monetary|balance*|asset*|turnover|profit*|margin*|value|ltv|clv|"
     "deposit*|loan*|premium|charge*|bill|bills|billed|paid|price*|cost*|fee|fees|credit*|消费|金额|销售额|余额|资产|"
     "利润|存款|"
     "贷款|保费"},
    {TSL_BEHAVIORAL,
     "visit*|purchase*|frequency|freq|recency|order*|click*|session*|minute*|complain*|deal*|interaction*|event*|"
     "transaction*|login*|logins|return*|page*|view*|response*|respond*|campaign*|accepted*|call*|contact*|ticket*|"
     "days since|last|tenure|num|number|count|qty|quantity|units|usage|channel*|satisfaction|nps|loyalty|次数|频率|"
     "频次|天数|访问|点击|登录|投诉|互动|时长|满意度|数量"},
    {TSL_VALUE, "total|score"},
};

static const char *const hints[TSL__HINTS] = {
    [TSL__HINT_BIRTH] = "birth*|dob|born|生日|出生",
    [TSL__HINT_KEY] = "id|ids|key|code|no|number|index|rownum|uuid|guid|编号|代码|编码|序号|号码",
    [TSL__HINT_PERSON] =
        "email*|e mail|mail|phone*|telephone*|tel|mobile*|fax|cell*|first name|firstname|last name|lastname|full name|"
        "fullname|middle name|middlename|surname|given name|family name|user name|username|customer name|contact name|"
        "client name|name|nickname|address*|street*|passport*|ssn|iban|ip|url|website|姓名|名字|昵称|电话|手机|邮箱|"
        "地址|身份证|住址|微信|网址",
};

/* "AnnualIncome_2019" -> " annual income 2019 ": words in lower case between spaces. */
static void split_words(const char *name, char out[NAME_BYTES])
{
    size_t at = 0;
    char before = 0;
    out[at++] = ' ';
    for (const char *c = name; *c && at + 4 < NAME_BYTES; before = *c++) {
        int upper = *c >= 'A' && *c <= 'Z', lower = *c >= 'a' && *c <= 'z', digit = *c >= '0' && *c <= '9';
        int before_upper = before >= 'A' && before <= 'Z', before_lower = before >= 'a' && before <= 'z';
        int before_digit = before >= '0' && before <= '9', wide = (unsigned char)*c >= 0x80;
        int breaks = (upper && before_lower) || (upper && before_upper && c[1] >= 'a' && c[1] <= 'z') ||
                     (digit != before_digit && before);
        if ((!upper && !lower && !digit && !wide) || breaks) {
            if (out[at - 1] != ' ') {
                out[at++] = ' ';
            }
        }
        if (upper || lower || digit || wide) {
            out[at++] = upper ? (char)(*c + 32) : *c;
        }
    }
    if (out[at - 1] != ' ') {
        out[at++] = ' ';
    }
    out[at] = 0;
}

/* Is one of the words in a name that was split? */
static int has_word(const char *split, const char *words)
{
    char pattern[64];
    for (const char *w = words; *w; w += *w == '|') {
        size_t n = strcspn(w, "|");
        int stem = w[n - 1] == '*', wide = (unsigned char)*w >= 0x80;
        snprintf(pattern, sizeof pattern, "%s%.*s%s", wide ? "" : " ", (int)(n - (size_t)stem), w,
                 stem || wide ? "" : " ");
        if (strstr(split, pattern)) {
            return 1;
        }
        w += n;
    }
    return 0;
}

int tsl__name_hints(const char *name, tsl__hint hint)
{
    char split[NAME_BYTES];
    split_words(name, split);
    return has_word(split, hints[hint]);
}

tsl_group tsl__name_group(const char *name)
{
    char split[NAME_BYTES];
    split_words(name, split);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (has_word(split, groups[i].words)) {
            return groups[i].group;
        }
    }
    return TSL_DEMOGRAPHIC;
}
