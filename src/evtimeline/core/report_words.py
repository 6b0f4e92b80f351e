"""The words by which reports promise, predict, condition and count, in Chinese and English; folded text is matched."""

import re
from typing import Final

# -- how it is said -----------------------------------------------------------------------------------------------

PLAN_ZH: Final = re.compile(
    r"已?(?:计划|规划|拟定?|打算|筹划|筹备|准备|目标(?:是|为)?|力争|争取|确保|承诺|定于|定在|定档|敲定"
    r"|暂定|预定|瞄准|着手|致力于|旨在|希望)将?"
    r"|即将|将(?:会|正式|陆续|全面|进一步|率先|首次)?(?![军领])|最(?:快|早|迟|晚)"
)
FORECAST_ZH: Final = re.compile(
    r"(?:普遍|业内|市场|我们|此前)?(?:预计|预期|预测|预估|估计|有望|可望|料将?|或将|或(?=[于在可]|达|实现"
    r"|至)|可能(?:会|将)?|恐将?|大概率|看好|测算)(?:将|会|可)*"
)
PLAN_EN: Final = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|had|been|also|now|still|currently|officially|then|both|itself|it|they) )*"
    r"(?:plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|intend(?:s|ed)?|target(?:s|ed|ing)|pledge[sd]?"
    r"|promise[sd]?|commit(?:s|ted)?"
    r"|schedul(?:ed|es)|slated|due|set|on (?:track|course|schedule)|prepar(?:es|ing)|hop(?:es|ed|ing)|want(?:s|ed)"
    r"|seek(?:s|ing)|agreed|looking|confirmed plans|vow(?:s|ed))(?: (?:to|for|on|at|a))?\b(?!-)"
    r"|\b(?:is|are) to\b|\b(?:will|shall|won't)(?: (?:then|also|now|first|officially|formally))?(?: (?:be|have))?\b"
)
FORECAST_EN: Final = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|been|also|now|still|widely|we|it|they|analysts|analyst|brokers|consensus) )*"
    r"(?:expect(?:s|ed|ing)?|forecast(?:s|ed|ing)?|estimat(?:es|ed)|predict(?:s|ed)|project(?:s|ed)(?= )"
    r"|anticipat(?:es|ed)"
    r"|likely|reckons?|sees?|believ(?:es|ed)|assum(?:es|ed)|could|may|might|should|would|can)"
    r"(?: (?:that|to|be|for|also|only|have|see))*\b(?!\.? ?\d)"
)
CONDITION: Final = re.compile(
    r"(?:倘若|假如|假设|如果|只要|一旦|若(?!干)|如能|如(?=[期果能获顺]\S*[,])|在\S{2,20}?的(?:前提|情况"
    r"|条件)下|前提是|取决于|尚需|视\S{2,12}而定)"
    r"|\b(?:if|provided(?: that)?|assuming|once|unless|subject to|pending|depending on|as long as|contingent on)\b"
)
UNSURE: Final = re.compile(r"可能|或许|也许|\b(?:may|might|could)\b")
NEGATED: Final = re.compile(
    r"(?:不会|不再|没有|尚未|并未|未能|暂无|无|未|不)(?=计划|打算|拟|考虑|披露|公布|预计|有|给出|确定)"
    r"|\b(?:no|not|never|without)\b|n't\b"
)
FORMER: Final = re.compile(
    r"原定|原计划|原本|原先|此前(?:计划|预计|定于)|曾(?:计划|预计|定于)|\b(?:originally|initially"
    r"|previously|had been|was supposed)\b"
)
DONE: Final = re.compile(r"已(?:经|于|在|正式)?|正式|顺利|成功|\b(?:has|have|had|already|was|were)\b")

# -- dates that date no milestone ---------------------------------------------------------------------------------

STATE_BEFORE: Final = re.compile(
    r"(?:截至|截止(?:到|至)?|截止|至今|自从?|始于|源自|起于|同比|环比|较|相比|相较于?|对比|比|基于|根据"
    r"|依据|参考|对照|早在"
    r"|\b(?:as (?:of|at)|since|compared (?:with|to)|versus|vs\.?|than(?: in)?|up from|down from|from"
    r"|dated|against|over|until now|based on"
    r"|year ended|months? ended|quarter ended))\s*$"
)
STATE_AFTER: Final = re.compile(
    r"\s*(?:款|版|型|届|年报|年度报告|财报|中报|季报|报告|同期|以来|起(?=[,的])|(?:年)?度?(?:的)?(?:数据"
    r"|业绩|财务|情况|概况|关键|战略|展望|回顾|年会|车展|峰会|大会)"
    r"|-?model[ -]year|model\b|edition|annual report|report\b|results|figures|data\b|outlook|budget|-based)"
)
ATTRIBUTIVE_ZH: Final = re.compile(r"[^,。;:]{0,12}?的(?=[^,。;:]{2,})")

# -- what happens -------------------------------------------------------------------------------------------------

EVENT_ZH: Final = re.compile(
    r"签署|签订|签约|达成(?:合作|协议)|出资|共同(?:投资|设立|出资)|联合(?:建设|开发|推出|打造|成立)|合资"
    r"|收购|并购|增资|入股|剥离|分拆|回购|上市|挂牌|递表"
    r"|开工|动工|奠基|封顶|竣工|完工|建成|落成|投产|达产|投用|投运|启用|试产|试运行|通车|通航|开通|首飞"
    r"|发射|量产|下线|点亮|流片|送样|装机|并网|商用|商业化|上线"
    r"|交付|发布|推出|亮相|首发|预售|开售|发售|开业|开园|成立|设立|组建|揭牌|启动|获批|取得|获得"
    r"|通过(?:审批|认证|验收)|进入|进军|登陆|落地|出海"
    r"|停产|关闭|关停|退市|退出|停售|完成|建设|新建|扩建|扩产|部署|覆盖|搬迁|迁入|接入|切换|搭载|导入|实现"
    r"|突破|超过|达到|达|提升至|提高至|增至|升至|增长至|扩大至|降至|降低至|扭亏|盈利|转正|翻番"
    r"|开设|布局|引入|实施|施行|生效|举行|举办|召开|招股|融资|交割|合并|开放|提升到|增加到|销售|打造|建立"
    r"|研发|开发|供货|供应|生产|缩短至|下降至|运营|开展|形成"
)
HARD_ZH: Final = re.compile(
    r"签署|签订|签约|达成(?:合作|协议)|出资|共同投资|合资|收购|并购|增资|入股|剥离|分拆|挂牌|递表|开工"
    r"|动工|奠基|封顶|竣工|完工|建成|落成|投产|达产|投用|投运|启用"
    r"|试产|通车|通航|开通|首飞|发射|量产|下线|点亮|流片|送样|并网|商用|上线|首批交付|开始交付|启动交付"
    r"|开启交付|首次交付|发布|推出|亮相|首发|预售|开售|发售|开业|开园"
    r"|成立|设立|组建|揭牌|启动|获批|取得|获得|通过(?:审批|认证|验收)|进入|进军|登陆|落地|递交|停产|关闭"
    r"|关停|退市|停售|交割|合并|上市|生效|实施|施行|召开|举行|举办|完成"
)
EVENT_EN: Final = re.compile(
    r"\b(?:launch|open|found|establish|list|debut|complet|finish|start|begin|began|begun|commenc|enter"
    r"|deliver|ship|releas|unveil|reveal"
    r"|introduc|sign|acquir|buy|bought|merg|clos|approv|certif|licens|build|built|construct|expand|reach"
    r"|hit|exceed|surpass|top|rais|cut|reduc|doubl|tripl"
    r"|achiev|break|broke|turn|post|generat|install|deploy|roll|switch|retir|shut|discontinu|float|go"
    r"|goes|went|take|took|come|came|produc|ramp|commission"
    r"|inaugurat|form|creat|set up|spin|certif|hold|held|grow|climb|rise|rose|increas|grew|sell|sold|export"
    r"|import|fly|flew|test|file|submit|invest|add|adopt|bring|offer|supply|quit|leave"
    r"|sales|listing|ipo|production|deliveries|delivery|opening|rollout|start-up|startup|completion"
    r"|construction|launch)"
    r"(?:e?s|e?d|ing|ning|ped|ting|ment|al|ation|ition|y|ies)?\b"
)
HARD_EN: Final = re.compile(
    r"\b(?:made (?:its|their|the)|maiden flight|first flight|launched|opened|founded|established|listed"
    r"|debuted|completed|finished|started|began|begun"
    r"|commenced|entered|delivered its first|delivered the first|released"
    r"|unveiled|introduced|signed|acquired|bought|merged|closed|approved|certified|licensed|broke ground"
    r"|inaugurated|formed|created|set up|spun off"
    r"|rolled out|rolled off|went live|went on sale|went public|came online|came on stream|shut down"
    r"|discontinued|retired|flew|took off|took effect|filed|submitted"
    r"|topped out|switched on|commissioned|incorporated|registered|won|secured|obtained|received|poured"
    r"|installed|shipped its first|shipped the first|started up|laid)\b"
)
OLD_RESULT: Final = re.compile(
    r"营收|收入|利润|毛利|净利|亏损|销量|同比|环比|市占率|份额|渗透率|研发投入|毛利率|交付量|出货量|装机量"
    r"|存量|注册资本"
    r"|\b(?:revenue|sales of|profit|loss|margin|year on year|year-on-year|market share|shipments"
    r"|deliveries (?:rose|fell|reached|totalled|totaled|grew|were)|earnings|turnover)\b"
)
MEASURE: Final = re.compile(
    r"交付|销量|产能|年产|产量|营收|收入|利润|盈利|市占率|份额|占比|渗透率|保有量|装机|市值|估值|投资|门店"
    r"|用户|成本|毛利率|出货|订单|规模|占有率|充电桩|充电站|功率"
    r"|\b(?:deliver\w*|sales|sell|capacity|output|revenue|profit\w*|margin|share|stores|users|cost"
    r"|shipments|orders|penetration|installed|fleet|stations|turnover|break[ -]even|produce)\b"
)

# -- who says it --------------------------------------------------------------------------------------------------

INSTITUTION: Final = re.compile(
    r"证券|投行|银行|资本|研究(?:院|所|机构|部)?$|研究院|研究所|咨询|机构|分析师|中金|瑞银|高盛|花旗|摩根"
    r"|大摩|小摩|野村|汇丰|里昂|麦肯锡|国际能源署|集邦"
    r"|trendforce|彭博|idc|gartner|协会|乘联会|^(?:行业|业内|业界|市场)(?:普遍|人士|分析师|观点|共识)?$"
    r"|\b(?:securities|capital|bank|research|analysts?|partners|ubs|citi|goldman(?: sachs)?"
    r"|morgan stanley|jpmorgan|hsbc|barclays|jefferies|bernstein|nomura|clsa|advisory|consulting"
    r"|brokers?|brokerage|consensus|institute|insights|markets|associates|association|agency|mckinsey"
    r"|bloombergnef|wood mackenzie)\b"
)
SAYS: Final = re.compile(
    r"(?:普遍)?(?:预计|预测|预期|认为|指出|表示|估计|测算|判断|称|看好)"
    r"|\b(?:expects?|expected|forecasts?|estimates?|predicts?|says?|said|believes?|sees|reckons?"
    r"|projects|argues?|notes?|wrote|writes)\b(?: that)?"
)

# -- what stands for something else -------------------------------------------------------------------------------

PRONOUN: Final = re.compile(
    r"(?:公司|集团)(?![法债])|(?:该|此|这[一个家座款]|上述|前述)(?:[一-鿿]{0,2}?(?:公司|项目|工厂|基地"
    r"|车型|车|产品|平台|企业|合资公司|产线|产能|系统"
    r"|芯片|机型|集团|电池|工程|服务))"
    r"|(?:其|它|后者|前者|新公司|公司|合资公司|新车|新工厂|项目|工厂|集团|本公司|我们|该公司|两者"
    r"|该集团)(?=$)|(?:其|它)(?![他中次余实])"
    r"|\b(?:it|its|management|executives|the (?:company|group|plant|factory|project|venture|joint venture"
    r"|jv|model|car|vehicle"
    r"|suv|fab|facility|site|firm|carmaker|automaker|maker|new plant|new model|new company|product"
    r"|service|platform|chip|battery|two|line))\b"
)
BOTH: Final = re.compile(
    r"双方|两家公司|两公司|两者|三方|两家企业|\b(?:both (?:sides|companies|partners|parties)|the (?:two )?(?:partners"
    r"|companies|sides|pair|parties|duo)|the two|they|together)\b"
)
TOPIC: Final = re.compile(
    r"合资|产线|经营|深度|报告|[图表]\s*\d|研究|分析|跟踪|点评|综述|梳理|专题|简报|目标|布局|进展|动态"
    r"|协同|技术|共享|合作|拓展|扩张"
    r"|升级|模式|机制|差异|冲突|表现|释放|整合|互通|成立|共建|开放|战略"
    r"|规划|情况|概况|展望|风险|挑战|市场|供应链|渠道|海外|网络|探索"
    r"|产能|转型|业绩|财务|产品线|新品|研发|资本|融资|时间|节奏|计划|投资|生态|政策|观点|预测|结论|建议"
    r"|背景|国际化|全球化|商业化|量产|交付|上市|投产|方面|路线|部署|出海"
    r"|创新|能力|结构|体系|落地|推进|建设"
    r"|\b(?:table|figure|chart|exhibit|outlook|expansion|capacity|targets?|technology|strategy|overview"
    r"|risks?|market|markets"
    r"|supply|partnership|cooperation|products?|production|deliver\w*|financ\w*|plans?|overseas|ipo"
    r"|listing"
    r"|timeline|status|progress|funding|guidance|key|summary|international|manufacturing|pipeline"
    r"|background|conclusion|launch\w*|charging|models?|next|forecasts?|views?|regulation|approval)\b"
)
DESCRIPTION: Final = re.compile(
    r"^(?:旗舰|首款|首个|首座|一款|全新|新款|新一代|定位|采用|搭载|基于|作为|面向|主打|续航|售价|起售价"
    r"|限量|第[一二三四五]款|国内|全球|a |an |the (?:first"
    r"|company's)|its |with |based |powered )"
)
