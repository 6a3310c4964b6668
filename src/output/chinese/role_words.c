/* role_words.c: what the roles of columns are called in Chinese, in lines and errors. */
#include "output/chinese/note_wording.h"

static const tsl__note_pattern words[] = {
    {"customer", "客户"},
    {"order", "订单"},
    {"time", "时间"},
    {"amount", "金额"},
    {"cost", "成本"},
    {"quantity", "数量"},
    {"price", "单价"},
    {"product", "商品"},
    {"category", "类别"},
    {"channel", "渠道"},
    {"payment", "支付方式"},
    {"currency", "货币"},
    {"kind", "类型"},
    {"minutes", "时长"},
    {"pages", "页数"},
    {"satisfaction", "满意度"},
    {"nps", "推荐意愿（NPS）"},
    {"recency", "最近购买天数"},
    {"last_order", "最近下单日"},
    {"first_order", "首次下单日"},
    {"orders", "订单数"},
    {"spend", "消费总额"},
    {"mean_order", "客单价"},
};

const tsl__note_patterns tsl__role_words = {words, sizeof words / sizeof *words};
