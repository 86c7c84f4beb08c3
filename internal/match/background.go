package match

// background is a sample of everyday words, from which the rarity of an anchor
// is estimated. It decides speed alone, never what is found.
const background = `the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she
there would their we him been has when who will no more if out so said what up its about into than them can only other time new some could these two
may first then do any like my now over such our man me even most made after also did many before must through years where much your way down should
because long each just state people those too how little good world make very year still see work life day between never under last while might great
home contact search login register news product service company price order shipping account support download information privacy policy terms
conditions copyright rights reserved website online shop store review international development education university research management national
program system health medical treatment technology software design engineering material quality professional experience community government
public history culture music video game sport football team player season match report market business finance money bank credit card insurance
travel hotel holiday city country street house garden kitchen food recipe water color black white green blue small large size free best top
different important possible following general special available including according against another question answer read comment share
der die und das ist nicht ein eine mit von zu den auf für im dem des sich auch werden wird bei oder nach aus einer sind haben wir sie kann mehr über
durch seite startseite datenschutz impressum kontakt wurde jahr jahre deutschland unternehmen angebot weiter informationen verfügung gesundheit
de la que el en los del las por con para una su como más pero sus este esta entre cuando muy sin sobre también hasta hay donde desde todo todos uno
contacto inicio empresa servicios información política privacidad noticias año años país gobierno desarrollo trabajo salud educación
le les des est dans un une pour pas qui sur au par avec plus sont aux cette ses mais comme nous vous leur fait être tous deux entreprise accueil
che di il per non sono della con più come anche nel alla gli dei azienda prodotti servizi notizie contatti sito lavoro anno
não uma os as mais mas foi ele das tem seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem
och att det som på är av för med den till inte om ett han men var jag sig från vi så kan när år hade eller nu
ve bir bu için ile da daha olarak gibi olan çok kadar sonra ne var yok ama en her türkiye haber ana sayfa iletişim
yang dan di untuk dengan pada dari ini itu dalam adalah tidak akan juga atau oleh ada bisa telah saat lebih kami anda indonesia
của và là có cho các được trong một không với người những này khi đã đến từ công ty sản phẩm liên hệ trang chủ
и в не на что он с как это по но они мы из у за от так же для вы бы было все его её был до то или если при чтобы быть только может время год
года лет также после работы компании можно человек день россии москве новости контакты главная услуги цена купить сайт
中国 公司 我们 他们 可以 没有 自己 这个 一个 进行 工作 发展 问题 社会 经济 国家 政府 企业 市场 管理 服务 技术 信息 系统 产品 生产 建设 教育 学校 学生 老师
大学 研究 科学 文化 历史 新闻 首页 关于 联系 联系我们 电话 地址 网站 网络 版权所有 备案 搜索 登录 注册 用户 手机 微信 微博 朋友 客户 时间 今年 目前 已经 通过 以及 其中 如果
因为 所以 但是 还是 就是 不是 现在 开始 提供 使用 需要 要求 相关 主要 重要 不同 地区 城市 北京 上海 广州 深圳 江苏 浙江 广东 山东 河南 四川 记者 报道 表示 认为 活动 项目
合作 投资 资金 银行 金融 保险 法律 法院 规定 安全 质量 标准 设计 设备 材料 工程 汽车 医院 医生 治疗 患者 健康 药物 疾病 食品 环境 旅游 酒店 房地产 电影 电视 音乐 游戏 体育
比赛 足球 篮球 图片 视频 播放 下载 更多 阅读 评论 分享 收藏 推荐 专业 价格 销售 购买 商品 品牌 行业 分析 数据 软件 电脑 智能 人员 领导 组织 会议 单位 部门 专家 影响 情况
一步 方面 作为 成为 之后 之前 同时 其他 所有 第一 第二 中心 有限公司 有限责任 年月日 发布 来源 编辑 责任编辑 作者 上一篇 下一篇 返回 点击 查看 详细 内容 人民 日本 美国 国际
の に は を た が で て と し れ さ ある いる する から な こと として も です ます ました について ください お問い合わせ 会社 ページ サービス 情報 日本 利用 商品 サイト ホーム メニュー 検索
이 는 을 의 에 가 를 은 으로 하고 있는 합니다 입니다 에서 있습니다 대한 그리고 회사 서비스 정보 제품 문의 홈 검색 뉴스 한국 사람 시간 사업 개발
ที่ และ ใน เป็น การ มี ของ ได้ ให้ จะ ไม่ ความ มา กับ ว่า แต่ นี้ คน ไป อยู่ บริษัท ติดต่อ หน้าแรก สินค้า บริการ ข่าว ไทย`
