/* default_strategies.c: the table of strategies that there is without another one: what the field does by how much a
 * customer is worth and where he stands. docs/methods/strategies.md has it as a table. */
#include "label/strategies/strategies.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum deed {
    MANAGER_FIRST_OFFER,
    MANAGER_WELCOME,
    MANAGER_SERVICE,
    MANAGER_EVENTS,
    MANAGER_CALL,
    MANAGER_WIN_BACK,
    MANAGER_RETURN,
    GIFT_FIRST_OFFER,
    GIFT_WELCOME,
    CROSS_SELL,
    PRIVILEGES,
    RETENTION_CALL,
    WIN_BACK_CALL,
    RETURN_PRIVILEGE,
    FIRST_OFFER,
    ONBOARDING,
    SERVICE_QUALITY,
    NEXT_TIER,
    RETENTION_COUPON,
    WIN_BACK_COUPON,
    RETURN_COUPON,
    SECOND_PURCHASE,
    PROMOTIONS,
    REFILL,
    REMINDER,
    WIN_BACK_MESSAGE,
    REST
} deed;

static const struct {
    const char *code, *texts[TSL_LANGS];
} deeds[] = {
    [MANAGER_FIRST_OFFER] = {"manager_first_offer",
                             {"An own manager makes contact, with a personal offer for the first purchase",
                              "专属客户经理主动联系，提供一对一首购方案"}},
    [MANAGER_WELCOME] = {"manager_welcome",
                         {"Introduce the own manager, handle orders first, call after the first delivery",
                          "介绍专属客户经理，订单优先处理，首单送达后回访"}},
    [MANAGER_SERVICE] = {"manager_service",
                         {"Own manager, priority for orders, suggestions for what has not been bought yet",
                          "专属客户经理服务，订单优先，推荐尚未购买的品类"}},
    [MANAGER_EVENTS] = {"manager_events",
                        {"Own manager, priority for orders, invitations to events; ask for recommendations",
                         "专属客户经理服务，订单优先，邀请参加会员活动，鼓励转介绍"}},
    [MANAGER_CALL] = {"manager_call",
                      {"The manager calls within days, asks for the reason and makes a personal offer",
                       "客户经理数日内致电，了解原因并给出专属方案"}},
    [MANAGER_WIN_BACK] = {"manager_win_back",
                          {"Win back in person: a call or visit, the reason, an offer in proportion to the value",
                           "由专人致电或拜访挽回，查明流失原因，按其价值给出挽回方案"}},
    [MANAGER_RETURN] = {"manager_return",
                        {"Thanks from the manager, privileges as before, a next date agreed upon",
                         "客户经理致谢，恢复原有权益，约定下次服务"}},
    [GIFT_FIRST_OFFER] = {"gift_first_offer",
                          {"First-purchase offer with a gift, and a contact for questions",
                           "首购优惠加赠礼，并指定咨询联系人"}},
    [GIFT_WELCOME] = {"gift_welcome",
                      {"Welcome gift, priority service, an offer for the next purchase",
                       "入会礼，优先服务，附下次购买优惠"}},
    [CROSS_SELL] = {"cross_sell",
                    {"Recommend what similar customers buy, at member prices", "按同类客户的购买推荐商品，享会员价"}},
    [PRIVILEGES] = {"privileges",
                    {"Member privileges: first access to new goods, events, extra points; a reward for referrals",
                     "会员权益：新品优先购、活动名额、多倍积分；推荐有礼"}},
    [RETENTION_CALL] = {"retention_call",
                        {"Call or write by name, with an offer for a limited time",
                         "点对点电话或消息关怀，附限时专属优惠"}},
    [WIN_BACK_CALL] = {"win_back_call",
                       {"Win back with a large coupon; call those of the highest value first",
                        "发放大额挽回券，价值高者优先电话挽回"}},
    [RETURN_PRIVILEGE] = {"return_privilege",
                          {"Welcome back with a privilege, follow up after the order",
                           "以会员权益欢迎回归，下单后跟进回访"}},
    [FIRST_OFFER] = {"first_offer",
                     {"First-purchase offer, and a reward for referring others", "首购优惠，推荐好友有奖励"}},
    [ONBOARDING] = {"onboarding",
                    {"Guide through the first weeks, name a service contact, coupon for the next purchase",
                     "新手引导，告知服务渠道，发放下次购买券"}},
    [SERVICE_QUALITY] = {"service_quality",
                         {"Keep up the quality of service: quick delivery, quick answers, ask for satisfaction",
                          "提升服务质量：快速发货、及时响应，做满意度回访"}},
    [NEXT_TIER] = {"next_tier",
                   {"Show what is lacking to the next tier, with bundles and points",
                    "提示距上一等级的差额，以组合套装和积分引导升级"}},
    [RETENTION_COUPON] = {"retention_coupon",
                          {"Remind of what used to be bought, with a coupon; ask about service",
                           "提醒常购商品并附优惠券，询问服务意见"}},
    [WIN_BACK_COUPON] = {"win_back_coupon",
                         {"Win back by a coupon in two or three messages, then rest",
                          "分两三次触达发放挽回券，无响应则停止打扰"}},
    [RETURN_COUPON] = {"return_coupon",
                       {"Welcome back, with a coupon for the next purchase", "欢迎回归，发放下次购买券"}},
    [SECOND_PURCHASE] = {"second_purchase",
                         {"A coupon for the next purchase, valid for a short time", "发放短期有效的复购券"}},
    [PROMOTIONS] = {"promotions",
                    {"Promotions and bundles that raise the basket", "推送促销活动和凑单套装，提高客单价"}},
    [REFILL] = {"refill",
                {"Reminders when it is time to buy again, a subscription where there is one",
                 "到期自动提醒补货，有条件的引导订阅"}},
    [REMINDER] = {"reminder", {"An automatic reminder with a small coupon", "自动发送提醒和小额优惠券"}},
    [WIN_BACK_MESSAGE] = {"win_back_message",
                          {"One or two automatic messages with a coupon", "自动发送一两次挽回消息，附优惠券"}},
    [REST] = {"rest", {"Leave in peace, but for the great sales of the year", "仅在年度大促时触达，平时不打扰"}},
};

/* Any number of tiers is cut from these places. */
#define PLACES 5
enum { TOP, UPPER, MIDDLE, LOWER, BASE };

/* A row a stage: what is done by the tier, and where there are no tiers. */
static const struct {
    const char *stage;
    unsigned char by_place[PLACES], alone;
} table[] = {
    {"potential", {MANAGER_FIRST_OFFER, GIFT_FIRST_OFFER, FIRST_OFFER, FIRST_OFFER, FIRST_OFFER}, FIRST_OFFER},
    {"new", {MANAGER_WELCOME, GIFT_WELCOME, ONBOARDING, SECOND_PURCHASE, SECOND_PURCHASE}, ONBOARDING},
    {"active", {MANAGER_SERVICE, CROSS_SELL, SERVICE_QUALITY, PROMOTIONS, PROMOTIONS}, CROSS_SELL},
    {"mature", {MANAGER_EVENTS, PRIVILEGES, NEXT_TIER, REFILL, REFILL}, PRIVILEGES},
    {"at_risk", {MANAGER_CALL, RETENTION_CALL, RETENTION_COUPON, REMINDER, REMINDER}, RETENTION_COUPON},
    {"lost", {MANAGER_WIN_BACK, WIN_BACK_CALL, WIN_BACK_COUPON, WIN_BACK_MESSAGE, REST}, WIN_BACK_COUPON},
    {"reactivated", {MANAGER_RETURN, RETURN_PRIVILEGE, RETURN_COUPON, SECOND_PURCHASE, SECOND_PURCHASE}, RETURN_COUPON},
};
/* Where the stage is not known. */
static const unsigned char by_place_alone[PLACES] = {MANAGER_EVENTS, PRIVILEGES, SERVICE_QUALITY, PROMOTIONS,
                                                     PROMOTIONS};

#define STAGES_TOLD (sizeof table / sizeof *table)

/* The place of a tier, the best being 0, among so many. */
static int place_of(size_t tier, size_t tiers)
{
    return tiers < 2 ? TOP : (int)floor((double)(BASE * tier) / (double)(tiers - 1) + .5);
}

static void put(tsl_strategy *row, const char *tier, const char *stage, unsigned char what)
{
    *row = (tsl_strategy){.tier = tier,
                          .lifecycle = stage,
                          .action = deeds[what].code,
                          .texts = {deeds[what].texts[0], deeds[what].texts[1]}};
}

/* The rows of one tier (NULL: there are none), of the stages that there are. */
static size_t put_stages(tsl_strategy *rows, const char *tier, int place, const tsl__codes *stages)
{
    size_t count = 0;
    for (size_t s = 0; s < STAGES_TOLD; s++) {
        if (tsl__codes_find(stages, table[s].stage, strlen(table[s].stage)) < stages->count) {
            put(&rows[count++], tier, table[s].stage, tier ? table[s].by_place[place] : table[s].alone);
        }
    }
    return count;
}

tsl_status tsl__default_strategies_build(const tsl_labels *labels, tsl_strategies **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_strategy *rows = NULL;
    size_t count = 0;
    tsl__codes tiers = {.text = NULL}, stages = {.text = NULL};
    *out = NULL;
    TSL__TRY(labels->has_tiers ? tsl__codes_list(labels, TSL__CODE_TIER, &tiers, err) : TSL_OK);
    TSL__TRY(labels->has_lifecycle ? tsl__codes_list(labels, TSL__CODE_STAGE, &stages, err) : TSL_OK);
    TSL__NEED(rows = tsl__alloc((tiers.count + 1) * (STAGES_TOLD + 1), sizeof *rows));
    for (size_t t = 0; t < tiers.count; t++) {
        const int place = place_of(t, tiers.count);
        count += put_stages(rows + count, tiers.text[t], place, &stages);
        put(&rows[count++], tiers.text[t], NULL, by_place_alone[place]);
    }
    count += tiers.count ? 0 : put_stages(rows, NULL, TOP, &stages);
    TSL__TRY(count ? tsl__strategies_copy(rows, count, out, err) : TSL_OK);
done:
    free(rows);
    free(tiers.text);
    free(stages.text);
    return status;
}
